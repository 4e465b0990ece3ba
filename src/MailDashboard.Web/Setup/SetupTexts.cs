namespace MailDashboard.Web.Setup;

/// <summary>Names the resources of the set-up.</summary>
public sealed class SetupTexts;
