namespace MailDashboard.Checks.StartTls;

/// <summary>Collects what each address is worth to the three subtests; the worst address counts.</summary>
internal sealed class StartTlsGrades
{
    private bool _anyEncrypted;

    public bool NotEncrypted { get; set; }

    public bool Open { get; set; }

    public bool OldTls { get; set; }

    /// <summary>Beside newer versions.</summary>
    public bool OldTlsToo { get; set; }

    public bool OldTlsOpen { get; set; }

    public bool NoTls13 { get; set; }

    public bool BadCertificate { get; set; }

    /// <summary>Caps the whole score.</summary>
    public bool Expired { get; set; }

    /// <summary>Name or chain, which only counts where senders insist on them.</summary>
    public bool UnscoredCertificate { get; set; }

    public void Encrypted() => _anyEncrypted = true;

    public void Write(OutcomeBuilder outcome)
    {
        _ = NotEncrypted ? outcome.Grade("starttls-all", "none")
            : Open ? outcome.GradeUndetermined("starttls-all")
            : outcome.Grade("starttls-all", "full");
        if (!_anyEncrypted)
        {
            // Without TLS there is no version and no certificate to judge; that is lost once, above.
            _ = Open ? outcome.GradeUndetermined("tls-versions") : outcome.GradeNotApplicable("tls-versions");
            _ = Open ? outcome.GradeUndetermined("certificate-valid") : outcome.GradeNotApplicable("certificate-valid");
            return;
        }

        _ = OldTls ? outcome.Grade("tls-versions", "none")
            : Open || OldTlsOpen ? outcome.GradeUndetermined("tls-versions")
            : outcome.Grade("tls-versions", OldTlsToo ? "old-too" : NoTls13 ? "no13" : "full");
        _ = Expired ? outcome.Grade("certificate-valid", "expired")
            : BadCertificate ? outcome.Grade("certificate-valid", "none")
            : Open ? outcome.GradeUndetermined("certificate-valid")
            : UnscoredCertificate ? outcome.GradeNotApplicable("certificate-valid")
            : outcome.Grade("certificate-valid", "full");
    }
}
