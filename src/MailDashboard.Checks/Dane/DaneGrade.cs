namespace MailDashboard.Checks.Dane;

/// <summary>Collects what each host is worth to the subtest.</summary>
internal sealed class DaneGrade
{
    /// <summary>Something that the verdict needs was not seen.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Senders that go by DANE refuse a host.</summary>
    public bool IsRefused { get; set; }

    /// <summary>TLSA records are there.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Senders hold to some of them.</summary>
    public bool IsInForce { get; set; }

    /// <summary>It protects less than it could.</summary>
    public bool IsPartial { get; set; }

    public void Write(string subtest, OutcomeBuilder outcome) => _ =
        IsRefused ? outcome.Grade(subtest, "mismatch")
        : IsOpen ? outcome.GradeUndetermined(subtest)
        : !IsPublished ? outcome.GradeNotApplicable(subtest)
        : !IsInForce ? outcome.Grade(subtest, "none")
        : outcome.Grade(subtest, IsPartial ? "partial" : "full");
}
