using System.Collections.Concurrent;

namespace MailDashboard.Monitoring.Feed;

/// <summary>Says that something changed, without data: open pages ask again.</summary>
/// <param name="DomainId">The domain that changed; null for something that concerns all (alerts, settings, outbox).</param>
public sealed record DashboardChange(int? DomainId);

/// <summary>Carries changes to the open pages of this process.</summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Guid, (Action<DashboardChange> Handler, ExecutionContext? Context)> _subscribers = new();

    /// <summary>
    /// Subscribes until the result is disposed. The handler runs in the execution context of the subscriber, so that a
    /// page is rendered in its reader's culture; it must be quick and must not throw.
    /// </summary>
    public IDisposable Subscribe(Action<DashboardChange> handler)
    {
        var id = Guid.NewGuid();
        _subscribers[id] = (handler, ExecutionContext.Capture());
        return new Subscription(() => _subscribers.TryRemove(id, out _));
    }

    /// <summary>Tells everybody.</summary>
    public void Publish(DashboardChange change)
    {
        foreach (var (handler, context) in _subscribers.Values)
        {
            try
            {
                if (context is null)
                {
                    handler(change);
                }
                else
                {
                    ExecutionContext.Run(context, _ => handler(change), null);
                }
            }
            catch (ObjectDisposedException)
            {
                // A page that was closed at this moment. It must not keep an alert from its reader.
            }
        }
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
