using System.Globalization;

namespace MailDashboard.Mail.Publishing.Keys;

/// <summary>Names for new keys: by the month, so that everybody sees how old a key is.</summary>
public static class DkimSelectorProposal
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary><c>s202611</c>, for Ed25519 <c>e202611</c>; with a letter behind it where that name is taken.</summary>
    /// <param name="algorithm">How the key signs.</param>
    /// <param name="at">When it is made (UTC).</param>
    /// <param name="taken">Selectors that are there.</param>
    public static string For(DkimAlgorithm algorithm, DateTimeOffset at, IReadOnlyCollection<string> taken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{(algorithm == DkimAlgorithm.Rsa ? 's' : 'e')}{at.UtcDateTime:yyyyMM}");
        var free = Letters.Select(l => $"{name}{l}").Prepend(name).FirstOrDefault(n => !taken.Contains(n, StringComparer.OrdinalIgnoreCase));
        return free ?? string.Create(CultureInfo.InvariantCulture, $"{name}{at.UtcDateTime:ddHHmmss}");
    }
}
