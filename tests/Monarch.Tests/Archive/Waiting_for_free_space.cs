using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Testing;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Archive;

/// <summary>An archive whose folder has less free space than required.</summary>
public sealed class Waiting_for_free_space : IDisposable
{
    readonly TemporaryDirectory _directory = new();
    readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Should_return_an_event_before_the_broker_closes_the_channel()
    {
        var time = FakeTime.New();
        var options = new ArchiveOptions { Folder = _directory.Path, FreeFloor = long.MaxValue };
        using var archive = await StartAsync(options, time);
        archive.Problem.ShouldNotBeNull().ShouldContain("less than ARCHIVE_FREE_FLOOR");

        var filing = archive.FileAsync(Replica.Message("1", "{}"), TestContext.Current.CancellationToken);
        await time.AdvanceUntilAsync(filing.ContinueWith(x => x.IsCanceled, TaskScheduler.Default), TimeSpan.FromSeconds(1));

        filing.IsCanceled.ShouldBeTrue();
        // RabbitMQ's limit is thirty minutes.
        (time.GetUtcNow() - FakeTime.Start).ShouldBeInRange(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(29));
        options.FreeFloor = 0;
        var again = archive.FileAsync(Replica.Message("1", "{}"), TestContext.Current.CancellationToken);
        (await time.AdvanceUntilAsync(again, TimeSpan.FromSeconds(1))).ShouldBe(FilingOutcome.Filed);
        archive.Problem.ShouldBeNull();
        await archive.StoppedAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_detect_free_space_without_deliveries()
    {
        var time = FakeTime.New();
        var options = new ArchiveOptions { Folder = _directory.Path, FreeFloor = long.MaxValue };
        using var archive = await StartAsync(options, time);

        options.FreeFloor = 0;
        await Until.TrueAsync(
            () =>
            {
                time.Advance(1);
                return archive.Problem is null;
            },
            "it continues"
        );

        await archive.StoppedAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_release_the_bodies_of_lost_deliveries()
    {
        var time = FakeTime.New();
        var options = new ArchiveOptions { Folder = _directory.Path, FreeFloor = long.MaxValue };
        using var archive = await StartAsync(options, time);
        var first = archive.FileAsync(Replica.Message("1", "{}"), TestContext.Current.CancellationToken);
        // It is being retried; later events are queued behind it.
        time.Advance(1);

        var body = await LoseAsync(archive);
        await Until.TrueAsync(
            () =>
            {
                time.Advance(0.1);
                GC.Collect();
                return !body.TryGetTarget(out _);
            },
            "its memory is free"
        );

        first.IsCompleted.ShouldBeFalse();
        options.FreeFloor = 0;
        (await time.AdvanceUntilAsync(first, TimeSpan.FromSeconds(1))).ShouldBe(FilingOutcome.Filed);
        await archive.StoppedAsync(TestContext.Current.CancellationToken);
    }

    // Not inlined: a local variable would keep the body.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<WeakReference<byte[]>> LoseAsync(EventArchive archive)
    {
        using var lost = new CancellationTokenSource();
        var body = "{}"u8.ToArray();
        var filing = archive.FileAsync(Replica.Message("2", "") with { Body = body }, lost.Token);
        await lost.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(filing);
        return new(body);
    }

    Task<EventArchive> StartAsync(ArchiveOptions options, TimeProvider time) => StartedArchive.StartAsync(_services, options, time);
}
