namespace MailDashboard.Checks.ClientAccess;

/// <summary>Collects what each port is worth to the family's two subtests; the worst port counts.</summary>
internal sealed class ServiceGrades
{
    private const string Certificates = "client-certificates";

    /// <summary>Something that the verdict needs was left open.</summary>
    public bool Open { get; set; }

    /// <summary>Whether log-ins are protected was left open, and nothing else.</summary>
    public bool LogInOpen { get; set; }

    /// <summary>A log-in that is not protected, or none at all.</summary>
    public bool Bad { get; set; }

    /// <summary>A port was judged.</summary>
    public bool Judged { get; set; }

    /// <summary>A certificate was judged.</summary>
    public bool AnyCertificate { get; set; }

    /// <summary>A certificate that programs refuse.</summary>
    public bool BadCertificate { get; set; }

    /// <summary>Caps the whole score.</summary>
    public bool Expired { get; set; }

    /// <summary>Says that neither subtest applies.</summary>
    public static OutcomeBuilder NotApplicable(OutcomeBuilder outcome, string subtest) => outcome.GradeNotApplicable(subtest).GradeNotApplicable(Certificates);

    public void Write(OutcomeBuilder outcome, string subtest)
    {
        _ = Bad ? outcome.Grade(subtest, "none")
            : Open || LogInOpen ? outcome.GradeUndetermined(subtest)
            : Judged ? outcome.Grade(subtest, "full")
            : outcome.GradeNotApplicable(subtest);
        _ = Expired ? outcome.Grade(Certificates, "expired")
            : BadCertificate ? outcome.Grade(Certificates, "none")
            : Open ? outcome.GradeUndetermined(Certificates)
            : AnyCertificate ? outcome.Grade(Certificates, "full")
            : outcome.GradeNotApplicable(Certificates);
    }
}
