namespace MailDashboard.Web.Account;

/// <summary>Names the resources of sign-in and everything about one’s own account.</summary>
public sealed class AccountTexts;
