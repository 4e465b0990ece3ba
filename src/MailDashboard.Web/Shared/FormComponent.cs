using System.Net.Sockets;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Components;

namespace MailDashboard.Web.Shared;

/// <summary>
/// A part of a page that changes something: one change at a time, the role is asked for again before each, and a database that fails in the
/// middle says so beside the form, which keeps what was typed.
/// </summary>
public abstract class FormComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>What is wrong, by field.</summary>
    protected Dictionary<string, string> Errors { get; } = [];

    /// <summary>What failed as a whole; null where nothing did.</summary>
    protected string? Failure { get; set; }

    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the page, or the part of it, is left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>What every change asks for.</summary>
    protected virtual string Policy => Policies.Administer;

    [Inject]
    protected Authorizer Authorizer { get; set; } = default!;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    [Inject]
    protected ChangeFailures Failures { get; set; } = default!;

    /// <summary>The sentence about a failure; what failed comes as a part of it, without a stop at its end.</summary>
    protected abstract string Failed(string what);

    protected string? Error(string field) => Errors.GetValueOrDefault(field);

    /// <summary>Runs a change.</summary>
    protected async Task ChangeAsync(Func<Task> change)
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        Failure = null;
        Errors.Clear();
        try
        {
            await Authorizer.DemandAsync(Policy, Gone);
            await change();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The person went elsewhere.
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is SocketException or TimeoutException)
        {
            Failure = Failed(Failures.Say(e));
        }
        finally
        {
            IsBusy = false;
        }
    }
}
