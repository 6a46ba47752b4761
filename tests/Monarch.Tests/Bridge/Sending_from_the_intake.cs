using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Monarch.Bridge.Intake;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Sending_from_the_intake
{
    static readonly (string, string) ResendSoon = ("INTAKE_RESEND_AFTER", "0.1");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_send_again_with_the_same_MessageId_until_the_batch_is_saved()
    {
        await using var host = await BridgeHost.AloneAsync(ResendSoon);
        await AddAsync(host, BadMessages.Good.Replace("{", """{"recreate": true, "unordered": true, """, StringComparison.Ordinal));
        await Until.TrueAsync(() => host.Saga.Received.Count >= 3, "it is sent three times");

        var (messageId, request) = host.Saga.Received[0];
        host.Saga.Received.ShouldAllBe(again =>
            again.MessageId == messageId && again.Request.BatchId == request.BatchId && again.Request.RequestedAt == request.RequestedAt
        );
        (request.Source, request.Targets[0], request.NotificationChannel, request.Recreate).ShouldBe(
            ("school/template", "teams/one", "C06GHMZB3M3", true)
        );

        await host
            .Services.GetRequiredService<IBus>()
            .Publish(new BatchAccepted { BatchId = request.BatchId, IntakeId = request.IntakeId }, Token);
        await Until.TrueAsync(() => IsEmptyAsync(host), "the entry has left the intake");
    }

    [Fact]
    public async Task Should_send_what_is_copied()
    {
        await using var host = await BridgeHost.AloneAsync();
        await AddAsync(host, BadMessages.Good.Replace("{", """{"update": true, "issues": "1-3", """, StringComparison.Ordinal));
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "it is sent");

        var (_, request) = host.Saga.Received[0];
        request.Copy.ShouldNotBeNull().Update.ShouldBe(true);
        request.Copy.Issues.ShouldNotBeNull().Numbers.ShouldBe([new(1, 3)]);
        (await host.Services.GetRequiredService<IStatusStore>().FindAsync(request.BatchId, Token))
            .ShouldNotBeNull()
            .Copy.ShouldNotBeNull()
            .Update.ShouldBe(true);
    }

    [Fact]
    public async Task Should_send_no_options_for_an_entry_of_an_earlier_version()
    {
        await using var host = await BridgeHost.AloneAsync();
        await AddAsync(host, BadMessages.Good);
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "it is sent");

        host.Saga.Received[0].Request.Copy.ShouldBeNull();
    }

    [Fact]
    public async Task Should_keep_the_entry_when_another_batch_is_saved()
    {
        await using var host = await BridgeHost.AloneAsync(ResendSoon);
        await AddAsync(host, BadMessages.Good);
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "it is sent");

        await host.Services.GetRequiredService<IBus>().Publish(new BatchAccepted { BatchId = Guid.NewGuid(), IntakeId = "77-0" }, Token);
        await host.Services.GetRequiredService<IBus>().Publish(new BatchAccepted { BatchId = Guid.NewGuid() }, Token);

        var sent = host.Saga.Received.Count;
        await Until.TrueAsync(() => host.Saga.Received.Count > sent + 1, "it is sent again");
    }

    [Fact]
    public async Task Should_derive_a_stable_id_for_an_entry_without_one()
    {
        await using var host = await BridgeHost.AloneAsync(ResendSoon);
        await AddAsync(host, BadMessages.Good, batch: null);
        await Until.TrueAsync(() => host.Saga.Received.Count >= 3, "it is sent three times");

        var batch = host.Saga.Batches.ShouldHaveSingleItem();
        batch.ShouldNotBe(Guid.Empty);
        (await host.Services.GetRequiredService<IStatusStore>().FindAsync(batch, Token))
            .ShouldNotBeNull()
            .Status.ShouldBe(BatchStatus.Queued);
    }

    [Fact]
    public async Task Should_show_a_migration_whose_Bridge_died_before_the_update()
    {
        await using var host = await BridgeHost.AloneAsync();
        var batch = Guid.NewGuid();
        await AddAsync(host, BadMessages.Good, $"{batch}");
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "it is sent");

        (await host.Services.GetRequiredService<IStatusStore>().FindAsync(batch, Token))
            .ShouldNotBeNull()
            .Source.ShouldBe("school/template");
    }

    [Theory]
    [InlineData("{}", "source_repo is missing")]
    [InlineData(null, "The entry of monarch:intake has no field 'message'")]
    public async Task Should_refuse_a_bad_entry_and_continue(string? message, string fault)
    {
        await using var host = await BridgeHost.AloneAsync();
        host.Saga.Accepts = true;
        await AddAsync(host, message, batch: null);
        await AddAsync(host, BadMessages.Good);
        await Until.TrueAsync(() => host.Saga.Received.Count > 0, "the good one is sent");
        await Until.TrueAsync(() => IsEmptyAsync(host), "both have left the intake");

        host.Saga.Received.Count.ShouldBe(1);
        var rejection = (await host.Services.GetRequiredService<IRejectionStore>().GetNewestAsync(10, Token)).ShouldHaveSingleItem();
        rejection.Origin.ShouldBe("stream monarch:intake");
        rejection.Faults[0].ShouldStartWith(fault);
    }

    [Fact]
    public async Task Should_end_a_batch_that_a_Bridge_with_other_owners_accepted()
    {
        await using var host = await BridgeHost.AloneAsync(("MONARCH_ALLOWED_OWNERS", "school"));
        var status = host.Services.GetRequiredService<IStatusStore>();
        var batch = Guid.NewGuid();
        var request = new MigrationRequest("school/template", ["teams/one", "school/two"], null) { Copy = new() { Update = true } };
        await status.ApplyAsync(QueuedBatch.From(batch, request, DateTimeOffset.UnixEpoch), Token);
        await AddAsync(host, request.ToJson(), $"{batch}");
        await Until.TrueAsync(() => IsRefusedAsync(host), "it is refused");

        var view = (await status.FindAsync(batch, Token)).ShouldNotBeNull();
        view.Status.ShouldBe(BatchStatus.Failed);
        view.EndedAt.ShouldNotBeNull();
        view.Copy.ShouldNotBeNull().Update.ShouldBe(true);
        view.Failure.ShouldNotBeNull().Message.ShouldContain("'teams/one' belongs to teams");
        view.Failure.Remedy.ShouldNotBeNull().ShouldContain("MONARCH_ALLOWED_OWNERS");
        view.Repositories.ShouldNotBeNull().ShouldAllBe(repository => repository.Status == RepositoryStatus.Failed);
        host.Saga.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_the_state_of_the_saga_when_the_entry_is_refused_later()
    {
        await using var host = await BridgeHost.AloneAsync(("MONARCH_ALLOWED_OWNERS", "school"));
        var status = host.Services.GetRequiredService<IStatusStore>();
        var batch = Guid.NewGuid();
        var request = new MigrationRequest("school/template", ["teams/one"], null);
        var queued = QueuedBatch.From(batch, request, DateTimeOffset.UnixEpoch);
        await status.ApplyAsync(queued with { Version = 1, Status = BatchStatus.ReadingSource }, Token);
        await AddAsync(host, request.ToJson(), $"{batch}");
        await Until.TrueAsync(() => IsRefusedAsync(host), "it is refused");

        (await status.FindAsync(batch, Token)).ShouldNotBeNull().Status.ShouldBe(BatchStatus.ReadingSource);
    }

    [Fact]
    public async Task Should_not_block_other_entries_when_one_fails()
    {
        var store = new FailingStatusStore();
        await using var host = await BridgeHost.AloneAsync(
            services => services.Replace(ServiceDescriptor.Singleton<IStatusStore>(store)),
            ResendSoon
        );
        await AddAsync(host, BadMessages.Good, $"{FailingStatusStore.Stone}");
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(host, BadMessages.Good);
        }

        await Until.TrueAsync(() => host.Saga.Batches.Count == 5, "the others are sent");
        host.Log.Lines.ShouldContain(line => line.StartsWith("Error Cannot handle entry ") && line.Contains("-0 of the intake"));

        store.IsCleared = true;
        await Until.TrueAsync(() => host.Saga.Batches.Contains(FailingStatusStore.Stone), "it is retried");
    }

    static Task<string> AddAsync(BridgeHost host, string? message) => AddAsync(host, message, $"{Guid.NewGuid()}");

    static Task<string> AddAsync(BridgeHost host, string? message, string? batch)
    {
        var fields = new Dictionary<string, string>();
        if (message is not null)
        {
            fields["message"] = message;
        }

        if (batch is not null)
        {
            (fields["batch"], fields["received"]) = (batch, "2026-03-10T09:00:00Z");
        }

        return host
            .Services.GetRequiredService<IIntakeStream>()
            .AddOnceAsync(fields, $"{Guid.NewGuid()}", "", TimeSpan.FromSeconds(1), Token);
    }

    static async Task<bool> IsEmptyAsync(BridgeHost host) =>
        (await host.Services.GetRequiredService<IIntakeStream>().ReadAgainAsync(TimeSpan.Zero, Token)).Count == 0;

    static async Task<bool> IsRefusedAsync(BridgeHost host) =>
        (await host.Services.GetRequiredService<IRejectionStore>().GetNewestAsync(10, Token)).Count > 0;
}
