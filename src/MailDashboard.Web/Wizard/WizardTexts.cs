namespace MailDashboard.Web.Wizard;

/// <summary>Names the texts of this folder.</summary>
public sealed class WizardTexts;
