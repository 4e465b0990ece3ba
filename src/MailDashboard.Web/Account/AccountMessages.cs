using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Account;

/// <summary>What is said about a refused account or password, in the reader's language.</summary>
internal static class AccountMessages
{
    /// <summary>A sentence for a code of Identity or of <see cref="People"/>.</summary>
    public static string Of(IStringLocalizer<AccountTexts> texts, string code)
    {
        var text = texts[$"Identity.{code}", IdentitySetup.PasswordLength];
        return text.ResourceNotFound ? texts["Identity.Other", code] : text;
    }
}
