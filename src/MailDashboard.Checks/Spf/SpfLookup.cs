using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>One evaluation together with the whole tree, for the command line and the toolbox.</summary>
public static class SpfLookup
{
    private const int Budget = 500;
    private static readonly TimeSpan TreeTime = TimeSpan.FromSeconds(10);

    /// <summary>Evaluates, then follows the tree of the domain; each question is asked once for both.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<SpfEvaluation> RunAsync(IDnsResolver dns, SpfRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var once = new AuditResolver(dns, Budget, cancellationToken);
        var evaluation = await new SpfEvaluator(once, time).CheckHostAsync(request, cancellationToken).ConfigureAwait(false);
        return evaluation with { Tree = await TreeAsync(once, request.Domain, time, cancellationToken).ConfigureAwait(false) };
    }

    // The result stands without the tree: names that nobody answers for must not keep it waiting.
    private static async Task<SpfTree?> TreeAsync(AuditResolver dns, string domain, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TreeTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await SpfTreeWalker.WalkAsync(dns, domain, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
