using System.Collections.Immutable;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Shared;

namespace MailDashboard.Web.Wizard;

/// <summary>The looking: round after round, until everything is there.</summary>
public sealed partial class RecordsStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Rounds without anything new after which the person has to ask again.</summary>
    private const int MostIdleRounds = 120;

    private async Task LookUntilSeenAsync()
    {
        if (_isLooking)
        {
            return;
        }

        _isLooking = true;
        try
        {
            for (var idle = 0; !IsAllSeen && idle < MostIdleRounds; idle++)
            {
                if (_sights.Count > 0)
                {
                    await Task.Delay(Pause, Time, Gone);
                }

                var before = SeenCount;
                await LookOnceAsync();
                idle = SeenCount > before ? 0 : idle;
                StateHasChanged();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The person went elsewhere.
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            Failure = Failed(Failures.Say(e));
        }
        catch (Exception e)
        {
            // Shown by the page's error boundary.
            await DispatchExceptionAsync(e);
        }
        finally
        {
            _isLooking = false;
        }

        await InvokeAsync(StateHasChanged);
    }

    private async Task LookOnceAsync()
    {
        if (_made is not { } made)
        {
            return;
        }

        var progress = new InlineSight(s => _ = InvokeAsync(() =>
        {
            _sights[s.Record] = s;
            StateHasChanged();
        }));
        var look = await Records.LookAsync(made.Publishing, progress, Gone);
        if (made != _made)
        {
            // Something else is planned meanwhile.
            return;
        }

        _files = look.Files;
        foreach (var sight in look.Records)
        {
            _sights[sight.Record] = sight;
        }

        var stageSince = Since is null && Run.DomainId is { } id ? await Signs.StageSinceAsync(id, Run.Domain.Ascii, made.Stage, Gone) : null;
        RecordsPart Noted(WizardState state) => Records.Note(Collect(state).Records!, made, look, stageSince);
        var (before, after) = (State.Records?.Seen ?? [], Noted(State));
        var isNew = !before.Select(Key).ToHashSet().SetEquals(after.Seen.Select(Key));
        if ((isNew || State.Records?.Planned != after.Planned) && await Session.SaveAsync(s => s with { Records = Noted(s) }, null, Gone) && isNew)
        {
            Announcer.Say(L["Records.Seen", SeenCount, Count]);
            await PinAsync(look.Records);
        }
    }

    /// <summary>Another value is another record.</summary>
    private static (string Owner, string Type, string Values) Key(SeenRecord seen) => (seen.Owner, seen.Type, string.Join('\n', seen.Values));

    private async Task PinAsync(ImmutableArray<RecordSight> sights)
    {
        if (await Domain.EnsureAsync(Run.Domain, State, Gone) is DomainChange.Done done)
        {
            await Records.PinAsync(done.Id, Run.Domain.Ascii, sights, await Authorizer.UserNameAsync(), Gone);
        }
    }

    private sealed class InlineSight(Action<RecordSight> tell) : IProgress<RecordSight>
    {
        public void Report(RecordSight value) => tell(value);
    }
}
