using System.Text;
using MailKit.Security;

namespace MailDashboard.Mail.SigningIn;

/// <summary>SASL EXTERNAL (RFC 4422 appendix A): the certificate of the handshake has said who we are.</summary>
internal sealed class SaslExternal(string? actAs) : SaslMechanism("", "")
{
    public override string MechanismName => "EXTERNAL";

    public override bool SupportsInitialResponse => true;

    protected override byte[] Challenge(byte[]? token, int startIndex, int length, CancellationToken cancellationToken)
    {
        IsAuthenticated = true;
        return Encoding.UTF8.GetBytes(actAs ?? "");
    }
}
