using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Reporting_credentials
{
    static readonly DateTimeOffset Since = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_show_a_parked_credential_with_the_remedy_until_it_works()
    {
        await using var host = await BridgeHost.AloneAsync();
        (await ListAsync(host)).ShouldBeEmpty();
        var bus = host.Services.GetRequiredService<IBus>();

        await bus.Publish(
            new CredentialParked
            {
                Credential = "0a1b2c3d4e5f",
                ParkedAt = Since,
                RetryAt = Since.AddMinutes(5),
                Failure = Refused(),
            },
            Token
        );
        await Until.TrueAsync(async () => (await ListAsync(host)).Count > 0, "it is shown");
        var parked = (await ListAsync(host)).ShouldHaveSingleItem();
        parked.GetProperty("name").GetString().ShouldBe("0a1b2c3d4e5f");
        parked.GetProperty("status").GetString().ShouldBe("Parked");
        parked.GetProperty("since").GetDateTimeOffset().ShouldBe(Since);
        parked.GetProperty("retryAt").GetDateTimeOffset().ShouldBe(Since.AddMinutes(5));
        parked.GetProperty("failure").GetProperty("remedy").GetString().ShouldBe("Replace it.");

        await bus.Publish(new CredentialReleased { Credential = "0a1b2c3d4e5f" }, Token);
        await Until.TrueAsync(async () => (await ListAsync(host))[0].GetProperty("status").GetString() == "Working", "it works");
        (await ListAsync(host)).ShouldHaveSingleItem().TryGetProperty("failure", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_show_a_working_credential_with_its_account_but_no_token()
    {
        await using var host = await BridgeHost.AloneAsync();
        var bus = host.Services.GetRequiredService<IBus>();

        await bus.Publish(
            new CredentialWorking
            {
                Credential = "0a1b2c3d4e5f",
                Account = "user:7",
                Login = "octo-bot",
                Since = Since,
            },
            Token
        );

        await Until.TrueAsync(async () => (await ListAsync(host)).Count > 0, "it is shown");
        var view = (await ListAsync(host)).ShouldHaveSingleItem();
        view.EnumerateObject().Select(property => property.Name).ShouldBe(["name", "account", "login", "status", "since", "reportedAt"]);
        (view.GetProperty("account").GetString(), view.GetProperty("login").GetString()).ShouldBe(("user:7", "octo-bot"));
        (view.GetProperty("status").GetString(), view.GetProperty("since").GetDateTimeOffset()).ShouldBe(("Working", Since));
    }

    [Fact]
    public async Task Should_expire_a_report_after_15_minutes()
    {
        var time = FakeTime.New();
        var views = new InMemoryCredentialViews(time);
        await views.SetAsync(View("b", time), Token);
        time.Advance(TimeSpan.FromMinutes(14));
        await views.SetAsync(View("a", time), Token);
        (await views.ListAsync(Token)).Select(report => report.View.Name).ShouldBe(["a", "b"]);

        time.Advance(TimeSpan.FromMinutes(1));
        (await views.ListAsync(Token)).Select(report => report.View.Name).ShouldBe(["a"]);
    }

    static ReportedCredential View(string name, FakeTimeProvider time) =>
        new(
            new()
            {
                Name = name,
                Status = CredentialStatus.Parked,
                Since = Since,
                Failure = Refused(),
                ReportedAt = time.GetUtcNow(),
            }
        );

    static Failure Refused() =>
        new()
        {
            Kind = FailureKind.Unauthorised,
            Message = "Bad credentials",
            Remedy = "Replace it.",
            Status = 401,
        };

    static async Task<IReadOnlyList<JsonElement>> ListAsync(BridgeHost host) =>
        [
            .. JsonDocument
                .Parse(await host.Web.GetByteArrayAsync("/api/credentials", Token))
                .RootElement.GetProperty("credentials")
                .EnumerateArray(),
        ];
}
