using MailDashboard.Checks.Auditing;

namespace MailDashboard.Web.Domains;

/// <summary>How a check that somebody watches is getting on, family by family.</summary>
public sealed class RunningCheck
{
    private readonly Dictionary<string, FamilyReport?> _families = [];

    public bool IsRunning { get; private set; }

    /// <summary>Why it could not be finished, as a sentence; null where it went well.</summary>
    public string? Problem { get; private set; }

    public int Total => CheckFamilies.All.Length;

    public int Done => _families.Values.Count(r => r is not null);

    public IEnumerable<(string Family, FamilyReport? Report, bool Started)> Families =>
        CheckFamilies.All.Select(f => (f.Descriptor.Id, _families.GetValueOrDefault(f.Descriptor.Id), _families.ContainsKey(f.Descriptor.Id)));

    public void Begin()
    {
        _families.Clear();
        Problem = null;
        IsRunning = true;
    }

    public void Tell(FamilyProgress progress) => _families[progress.Family] = progress.Report;

    public void End(string? problem)
    {
        IsRunning = false;
        Problem = problem;
    }
}

/// <summary>Tells at once, on the thread that reports; the receiver moves to its own.</summary>
internal sealed class InlineProgress(Action<FamilyProgress> tell) : IProgress<FamilyProgress>
{
    public void Report(FamilyProgress value) => tell(value);
}
