using MailDashboard.Web.Hosting;

if (args is ["--health", ..])
{
    return await HealthCommand.RunAsync(args[1..]);
}

if (args is ["reset-admin", ..])
{
    return await ResetAdminCommand.RunAsync(args[1..]);
}

var builder = DashboardHost.CreateBuilder(args);
var app = builder.Build();
app.UseDashboard();
await app.RunAsync();
return 0;
