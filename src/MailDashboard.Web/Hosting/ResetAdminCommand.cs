using System.Security.Cryptography;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Web.Account;
using Microsoft.AspNetCore.Identity;

namespace MailDashboard.Web.Hosting;

/// <summary>
/// <c>reset-admin [e-mail]</c>: a way back in for whoever may run programs on this server. Sets a new password, unlocks and
/// enables the account, and makes it an administrator; creates it where nobody is one.
/// </summary>
internal static class ResetAdminCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = DashboardHost.CreateBuilder([]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        if (await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None) is var state and not DatabaseState.Ready)
        {
            return Fail(state switch
            {
                DatabaseState.Refused refused => refused.Reason,
                DatabaseState.Unavailable unavailable => unavailable.Reason,
                _ => "The database is not ready.",
            });
        }

        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var email = args.FirstOrDefault(a => !a.StartsWith('-')) ?? await ChooseAsync(users);
        if (string.IsNullOrWhiteSpace(email))
        {
            return Fail("Which account? Type: reset-admin name@example.org");
        }

        var password = AskPassword();
        var time = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        var user = await users.FindByEmailAsync(email)
            ?? new AppUser { UserName = email, Email = email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
        var result = await ResetAsync(users, scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>(), user, password);
        if (!result.Succeeded)
        {
            return Fail(string.Join(Environment.NewLine, result.Errors.Select(e => e.Description)));
        }

        Console.WriteLine($"{email} is an administrator with a new password, and everybody who was signed in with the old one is signed out.");
        return 0;
    }

    private static async Task<IdentityResult> ResetAsync(UserManager<AppUser> users, RoleManager<IdentityRole> roles, AppUser user, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(users, user, password);
            if (!valid.Succeeded)
            {
                return valid;
            }
        }

        // Setting the hash also gives a new security stamp: sessions of the old password end.
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.LockoutEnd = null;
        user.AccessFailedCount = 0;
        var saved = await users.FindByIdAsync(user.Id) is null ? await users.CreateAsync(user) : await users.UpdateAsync(user);
        if (!saved.Succeeded || await users.IsInRoleAsync(user, AppRoles.Administrator))
        {
            return saved;
        }

        await People.EnsureRoleAsync(roles, AppRoles.Administrator);
        await users.RemoveFromRolesAsync(user, await users.GetRolesAsync(user));
        return await users.AddToRoleAsync(user, AppRoles.Administrator);
    }

    private static async Task<string?> ChooseAsync(UserManager<AppUser> users)
    {
        var administrators = await users.GetUsersInRoleAsync(AppRoles.Administrator);
        if (administrators is [{ Email: { } only }])
        {
            return only;
        }

        foreach (var administrator in administrators)
        {
            Console.WriteLine($"  {administrator.Email}");
        }

        if (Console.IsInputRedirected)
        {
            return null;
        }

        Console.Write("E-mail address of the administrator: ");
        return Console.ReadLine()?.Trim();
    }

    private static string AskPassword()
    {
        if (!Console.IsInputRedirected)
        {
            Console.Write("New password (empty: one is made up for you): ");
            var typed = ReadHidden();
            if (typed.Length > 0)
            {
                return typed;
            }
        }

        const string alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        var password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(alphabet, 5)));
        Console.WriteLine($"New password: {password}");
        return password;
    }

    private static string ReadHidden()
    {
        var text = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return text.ToString();
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
