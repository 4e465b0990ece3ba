namespace MailDashboard.Web.Settings;

/// <summary>Names the resources of the settings.</summary>
public sealed class SettingsTexts;
