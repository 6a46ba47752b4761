using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts;

namespace Monarch.Tests.Bridge.Pages;

/// <content>Credentials and refused requests.</content>
static partial class PageStory
{
    public static async Task SeedAsync(ICredentialViews credentials, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await credentials.SetAsync(
            new(
                new()
                {
                    Name = "token 5f1c7a90",
                    Account = Account,
                    Login = "nss-monarch",
                    Status = CredentialStatus.Working,
                    Since = now.AddDays(-2),
                    ReportedAt = now.AddSeconds(-9),
                    Budget = new()
                    {
                        CreatesPerMinute = 80,
                        CreatesPerHour = 500,
                        Pace = 60,
                        HourlyPace = 500,
                        UsedThisMinute = 0,
                        UsedThisHour = 500,
                        RequestsAtOnce = 20,
                        RequestsLeft = 3_412,
                        ClosedUntil = now.AddSeconds(630),
                        ClosedBecause = "GitHub's hourly limit",
                    },
                }
            ),
            cancellationToken
        );
        await credentials.SetAsync(
            new(
                new()
                {
                    Name = "token c02ee117",
                    Login = "old-bot",
                    Status = CredentialStatus.Parked,
                    Since = now.AddHours(-3),
                    RetryAt = now.AddMinutes(12),
                    ReportedAt = now.AddSeconds(-9),
                    Failure = new()
                    {
                        Kind = FailureKind.Unauthorised,
                        Message = "Bad credentials",
                        Remedy = "Replace the token: it is invalid, expired or revoked. Its work is paused until then.",
                        Status = 401,
                    },
                }
            ),
            cancellationToken
        );
    }

    public static async Task SeedAsync(IRejectionStore rejections, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await rejections.AddAsync(
            new(
                now.AddMinutes(-50),
                "channel_migrate_issue_tickets",
                ["source_repo is missing: give the template repository as owner/name."],
                """{"all_target_repositories": ["nss-cohort-71/rare-foxes"]}"""
            ),
            cancellationToken
        );
        await rejections.AddAsync(
            new(
                now.AddMinutes(-4),
                "POST /api/migrations",
                ["The message cannot be read as JSON, it is a form: send {\"source_repo\": …, \"all_target_repositories\": […]}."],
                "source_repo=nss-group-projects%2Frare&all_target_repositories=nss-cohort-71%2Frare-foxes"
            ),
            cancellationToken
        );
    }
}
