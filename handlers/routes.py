"""The one file that binds updates to handlers. Nothing here runs beside another update of the same person."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from handlers import (
    attendance,
    convening,
    fallback,
    groups,
    letters,
    meetings,
    notices,
    positions,
    proxies,
    register,
    registration,
    voting,
)
from handlers.guard import Handler, guarded
from screens import presses
from screens.presses import Press

COMMANDS: dict[str, Handler] = {
    "start": registration.on_start,
    "menu": registration.on_menu,
    "help": registration.on_help,
    "privacy": registration.on_privacy,
    "annuleren": registration.on_cancel,
    "leden": register.on_ask,
    "alv": meetings.on_show,
    "stukken": convening.on_papers_command,
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
    presses.AskRegister: register.on_ask,
    presses.ApplyRegister: register.on_apply,
    presses.ExportLinks: register.on_links,
    presses.ShowMeeting: meetings.on_show,
    presses.CreateMeeting: meetings.on_create,
    presses.EditMeeting: meetings.on_edit,
    presses.AskAgenda: meetings.on_ask_agenda,
    presses.ShowItems: meetings.on_items,
    presses.ShowItem: meetings.on_item,
    presses.SetItemKind: meetings.on_kind,
    presses.AskProposal: meetings.on_ask_proposal,
    presses.AskPapers: meetings.on_ask_papers,
    presses.FinishPapers: meetings.on_finish_papers,
    presses.PreviewConvocation: convening.on_preview,
    presses.Convene: convening.on_convene,
    presses.SendLatePapers: convening.on_late_papers,
    presses.ShowDeliveries: convening.on_deliveries,
    presses.GiveReply: convening.on_reply,
    presses.ShowPapers: convening.on_papers,
    presses.StartNotice: notices.on_start,
    presses.ChooseAudience: notices.on_audience,
    presses.SendNotice: notices.on_send,
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


def bind(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler; the first that matches takes the update."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    for command, handler in COMMANDS.items():
        application.add_handler(CommandHandler(command, guarded(handler), private))
    for press, handler in PRESSES.items():
        application.add_handler(CallbackQueryHandler(guarded(handler), press.matches))
    application.add_handler(CallbackQueryHandler(guarded(fallback.on_unknown_press)))
    application.add_handler(ChatMemberHandler(guarded(groups.on_membership), ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, guarded(groups.on_migration)))
    application.add_handler(MessageHandler(private & filters.Document.ALL, guarded(register.on_document)))
    application.add_handler(MessageHandler(private & filters.PHOTO, guarded(letters.on_photo)))
    application.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND, guarded(fallback.on_text)))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, guarded(fallback.on_other)))
