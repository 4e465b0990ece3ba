using MailDashboard.Monitoring.Alerting.Rules;
using MailDashboard.Monitoring.Persistence.Entities;

namespace MailDashboard.Monitoring.Alerting.Notices;

/// <summary>What one rule tells of one alert now.</summary>
internal sealed record NoticeItem(Alert Alert, ActiveRule Rule, NoticeVerdict Verdict);
