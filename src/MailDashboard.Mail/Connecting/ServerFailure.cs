using MailKit.Security;

namespace MailDashboard.Mail.Connecting;

/// <summary>What failed, in the words of whoever noticed.</summary>
internal static class ServerFailure
{
    /// <summary>Of a handshake that failed the library gives a page of advice; what went wrong is inside.</summary>
    public static string TextOf(Exception exception) => exception is SslHandshakeException
        ? exception.InnerException?.Message ?? exception.Message.Split('\n', 2)[0]
        : exception.Message;
}
