namespace MailDashboard.Web.Profiles;

/// <summary>Names the resources of the sending profiles, and of whatever else signs in to a server.</summary>
public sealed class ProfileTexts;
