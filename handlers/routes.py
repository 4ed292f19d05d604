"""The one file that binds updates to handlers. Nothing here runs beside another update of the same person."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from handlers import (
    agenda,
    attendance,
    colleagues,
    convening,
    fallback,
    groups,
    holding,
    letters,
    meetings,
    members,
    notices,
    papers,
    people,
    positions,
    proxies,
    register,
    registration,
    requests,
    security,
    voting,
)
from handlers.context import AssemblyContext
from handlers.guard import Handler, guarded
from screens import presses
from screens.presses import Press

COMMANDS: dict[str, Handler] = {
    "start": registration.on_start,
    "menu": registration.on_menu,
    "help": registration.on_help,
    "privacy": registration.on_privacy,
    "annuleren": registration.on_cancel,
    "gegevens": security.on_my_data,
    "leden": members.on_list,
    "sjabloon": register.on_template,
    "mensen": people.on_command,
    "beveiliging": security.on_show,
    "collegas": colleagues.on_show,
    "alv": meetings.on_show,
    "stukken": papers.on_command,
    "mededeling": notices.on_start,
    "volmacht": proxies.on_command,
    "stem": proxies.on_seats_command,
    "aanwezig": attendance.on_command,
}
"""Commands in a private chat."""

PRESSES: dict[type[Press], Handler] = {
    presses.OpenMenu: registration.on_menu,
    presses.Cancel: registration.on_cancel,
    presses.ConfirmRegistration: registration.on_confirm,
    presses.DenyRegistration: registration.on_deny,
    presses.AskRegister: members.on_list,
    presses.PageMembers: members.on_page,
    presses.ShowMember: members.on_member,
    presses.AskFact: members.on_ask_fact,
    presses.ChangeFact: members.on_change_fact,
    presses.PageSuccessors: members.on_successors,
    presses.ChooseSuccessor: members.on_successor,
    presses.DecideMerger: members.on_merge,
    presses.RevokeMerger: members.on_revoke_merger,
    presses.AskSuspension: members.on_ask_suspension,
    presses.SuspendMember: members.on_suspend,
    presses.LiftSuspension: members.on_lift_suspension,
    presses.AskElections: register.on_ask_elections,
    presses.GetTemplate: register.on_template,
    presses.ExportRegister: register.on_export,
    presses.PageChanges: register.on_page,
    presses.ApplyRegister: register.on_apply,
    presses.ExportLinks: people.on_ask_links,
    presses.MakeLinks: people.on_links,
    presses.MakePersonalLink: people.on_personal_link,
    presses.MakeLetter: people.on_letter,
    presses.RevokeLink: people.on_revoke_link,
    presses.ShowRegistrations: people.on_registrations,
    presses.AskPerson: people.on_ask_person,
    presses.ShowPerson: people.on_person,
    presses.AskEndPerson: people.on_ask_end,
    presses.EndPerson: people.on_end,
    presses.AskBlock: people.on_ask_block,
    presses.BlockPhone: people.on_block,
    presses.ShowColleagues: colleagues.on_show,
    presses.PageColleagues: colleagues.on_page,
    presses.ShowColleague: colleagues.on_colleague,
    presses.LinkColleague: colleagues.on_link,
    presses.InviteColleague: colleagues.on_invite,
    presses.ChooseInviteRole: colleagues.on_role,
    presses.ReplaceColleague: colleagues.on_replace,
    presses.ConfirmInvite: colleagues.on_confirm,
    presses.AskEndColleague: colleagues.on_ask_end,
    presses.EndColleague: colleagues.on_end,
    presses.RequestAccess: requests.on_begin,
    presses.ChooseRequestMember: requests.on_member,
    presses.RestartRequest: requests.on_restart,
    presses.SendRequest: requests.on_send,
    presses.WithdrawRequest: requests.on_withdraw,
    presses.ShowRequests: requests.on_list,
    presses.ShowRequest: requests.on_request,
    presses.ApproveAsNew: requests.on_approve_as_new,
    presses.ApproveAsKnown: requests.on_approve_as_known,
    presses.RefuseRequest: requests.on_refuse,
    presses.AskRefusalReason: requests.on_ask_reason,
    presses.ShowSecurity: security.on_show,
    presses.SetUpFactor: security.on_set_up,
    presses.EndFactor: security.on_end,
    presses.NewRecoveryCodes: security.on_new_codes,
    presses.ResetFactor: security.on_reset,
    presses.EraseMessage: security.on_erase,
    presses.ShowMeeting: meetings.on_show,
    presses.CreateMeeting: meetings.on_create,
    presses.EditMeeting: meetings.on_edit,
    presses.AskAgenda: agenda.on_ask,
    presses.FinishAgenda: agenda.on_finish,
    presses.AcceptAgenda: agenda.on_accept,
    presses.ShowItems: agenda.on_items,
    presses.ShowItem: agenda.on_item,
    presses.SetItemKind: agenda.on_kind,
    presses.AskProposal: agenda.on_ask_proposal,
    presses.AskItemTitle: agenda.on_ask_title,
    presses.AskNewItem: agenda.on_ask_new,
    presses.MoveItem: agenda.on_move,
    presses.RemoveItem: agenda.on_remove,
    presses.WithdrawItem: agenda.on_withdraw,
    presses.ShowItemVote: agenda.on_vote,
    presses.SetItemMajority: agenda.on_majority,
    presses.SetItemForm: agenda.on_form,
    presses.AskNomination: agenda.on_ask_nomination,
    presses.ShowNomination: agenda.on_nomination,
    presses.RemoveNomination: agenda.on_remove_nomination,
    presses.AskPapers: papers.on_ask,
    presses.FinishPapers: papers.on_finish,
    presses.NumberFile: papers.on_number,
    presses.ListPapers: papers.on_list,
    presses.ShowPaper: papers.on_paper,
    presses.AskPaperNumber: papers.on_ask_number,
    presses.SetPaperNumber: papers.on_set_number,
    presses.ChoosePaperItem: papers.on_choose_item,
    presses.TiePaper: papers.on_tie,
    presses.RemovePaper: papers.on_remove,
    presses.PreviewConvocation: convening.on_preview,
    presses.Convene: convening.on_convene,
    presses.SendLatePapers: convening.on_late_papers,
    presses.ShowDeliveries: convening.on_deliveries,
    presses.GiveReply: convening.on_reply,
    presses.ShowPapers: papers.on_show,
    presses.GetPaperSet: papers.on_set,
    presses.StartNotice: notices.on_start,
    presses.ChooseAudience: notices.on_audience,
    presses.SendNotice: notices.on_send,
    presses.SendHeld: holding.on_send,
    presses.DropHeld: holding.on_drop,
    presses.ShowPositions: positions.on_show,
    presses.SetPosition: positions.on_set,
    presses.SetAllFor: positions.on_all_for,
    presses.AskDecision: positions.on_ask_decision,
    presses.StartProxy: proxies.on_start,
    presses.PageHolders: proxies.on_page,
    presses.ChooseHolder: proxies.on_choose,
    presses.ChooseStanding: proxies.on_choose_standing,
    presses.ChooseUntil: proxies.on_until,
    presses.GrantProxy: proxies.on_grant,
    presses.GrantInstructed: proxies.on_grant_instructed,
    presses.GrantStanding: proxies.on_grant_standing,
    presses.InstructProxy: proxies.on_instruct,
    presses.SignProxy: proxies.on_sign,
    presses.AcceptProxy: proxies.on_accept,
    presses.DeclineProxy: proxies.on_decline,
    presses.RevokeProxy: proxies.on_revoke,
    presses.SkipProxy: proxies.on_skip,
    presses.AskReplacement: proxies.on_ask_replacement,
    presses.ReplaceHolder: proxies.on_replace,
    presses.VoteSelf: proxies.on_vote_self,
    presses.ShowMembers: meetings.on_members,
    presses.FilterMembers: meetings.on_filter_members,
    presses.RevokeStanding: proxies.on_revoke_standing,
    presses.SendLetter: letters.on_send,
    presses.AskLetter: letters.on_ask,
    presses.ShowLetters: letters.on_show,
    presses.JudgeLetter: letters.on_judge,
    presses.ShowSeats: proxies.on_seats,
    presses.OpenMeeting: attendance.on_open,
    presses.CloseMeeting: attendance.on_close,
    presses.CheckIn: attendance.on_check_in,
    presses.CheckOut: attendance.on_check_out,
    presses.ShowAttendance: attendance.on_list,
    presses.ChooseMotion: voting.on_choose,
    presses.PreviewMotion: voting.on_preview,
    presses.OpenMotion: voting.on_open,
    presses.CloseMotion: voting.on_close,
    presses.CastBallot: voting.on_cast,
    presses.ShowDecisions: voting.on_decisions,
    presses.PublishDecisions: voting.on_publish,
}
"""Buttons, in whichever chat they are pressed: the service decides whether the presser may."""


async def on_press(update: Update, context: AssemblyContext) -> None:
    """Hand a press to the handler of its kind.

    One handler for all of them: PTB gives a press without any data to the first handler of presses that it meets.
    """
    kind = Press.kind_of(update.callback_query.data if update.callback_query else None)
    handler = fallback.on_unknown_press if kind is None else PRESSES[kind]
    await handler(update, context)


def bind(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler; the first that matches takes the update."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.USER
    for command, handler in COMMANDS.items():
        application.add_handler(CommandHandler(command, guarded(handler), private))
    application.add_handler(CallbackQueryHandler(guarded(on_press)))
    application.add_handler(ChatMemberHandler(guarded(groups.on_membership), ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, guarded(groups.on_migration)))
    application.add_handler(MessageHandler(private & filters.Document.ALL, guarded(register.on_document)))
    application.add_handler(MessageHandler(private & filters.PHOTO, guarded(letters.on_photo)))
    application.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND, guarded(fallback.on_text)))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, guarded(fallback.on_other)))
