using System.Collections.Concurrent;

namespace MailDashboard.Web.Toolbox;

/// <summary>How often one person may run tools: our resolver, and the hosts that are looked at, belong to everybody.</summary>
public sealed class ToolboxLimits(TimeProvider time)
{
    public const int RunsPerMinute = 30;

    private const int MostPeople = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _runs = new();

    /// <summary>Counts a run; or says how long to wait for the next one.</summary>
    public bool TryRun(string person, out TimeSpan wait)
    {
        Forget();
        var runs = _runs.GetOrAdd(person, _ => new Queue<DateTimeOffset>(RunsPerMinute));
        lock (runs)
        {
            var now = time.GetUtcNow();
            while (runs.TryPeek(out var oldest) && now - oldest >= Window)
            {
                runs.Dequeue();
            }

            if (runs.Count >= RunsPerMinute)
            {
                wait = Window - (now - runs.Peek());
                return false;
            }

            runs.Enqueue(now);
            wait = TimeSpan.Zero;
            return true;
        }
    }

    private void Forget()
    {
        if (_runs.Count < MostPeople)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (person, runs) in _runs)
        {
            lock (runs)
            {
                if (runs.Count == 0 || now - runs.Last() >= Window)
                {
                    _runs.TryRemove(person, out _);
                }
            }
        }
    }
}
