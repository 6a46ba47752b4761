using System.Collections.Concurrent;
using Monarch.Bridge.Intake;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

/// <summary>The behaviour of every implementation of the intake stream.</summary>
public abstract class IntakeStreamTest : IAsyncLifetime
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private protected IIntakeStream Stream { get; set; } = null!;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Lets time pass for the stream.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Should_deliver_entries_in_order()
    {
        var fields = new Dictionary<string, string>
        {
            ["message"] = "{\"ü\": \"🚀\"}",
            ["empty"] = "",
            ["line\nbreak"] = "\0",
        };
        (await AddAsync("a", "1", fields)).ShouldBe("1");
        await AddAsync("b", "2");
        await AddAsync("c", "3");

        var entries = await ReadAsync(3);

        entries[0].Fields.ShouldBe(fields, ignoreOrder: true);
        entries.Skip(1).Select(entry => entry.Fields["value"]).ShouldBe(["2", "3"]);
        entries.Select(entry => entry.Id).ShouldBeUnique();
        entries.ShouldAllBe(entry => entry.Id.Contains('-'));
    }

    [Fact]
    public async Task Should_add_the_same_entry_once_and_return_the_first_value()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => AddAsync("same", $"{n}")));
        await AddAsync("other", "last");

        var first = results.Distinct().ShouldHaveSingleItem();
        (await ReadAsync(2)).Select(entry => entry.Fields["value"]).ShouldBe([first, "last"]);
    }

    [Fact]
    public async Task Should_deduplicate_within_the_window_even_after_removal()
    {
        await AddAsync("same", "1");
        await Stream.RemoveAsync((await ReadAsync(1))[0].Id, Token);

        await PassAsync(Minute * 0.9);
        (await AddAsync("same", "2")).ShouldBe("1");
        await PassAsync(Minute * 0.2);
        (await AddAsync("same", "3")).ShouldBe("3");

        (await ReadAsync(1))[0].Fields["value"].ShouldBe("3");
    }

    [Fact]
    public async Task Should_deliver_each_entry_to_one_reader()
    {
        for (var i = 0; i < 50; i++)
        {
            await AddAsync($"key-{i}", $"{i}");
        }

        var read = new ConcurrentQueue<string>();
        using var allRead = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ReadAllAsync()));

        read.Count.ShouldBe(50);
        read.ShouldBeUnique();

        async Task ReadAllAsync()
        {
            try
            {
                while (read.Count < 50)
                {
                    foreach (var entry in await Stream.ReadNewAsync(allRead.Token))
                    {
                        read.Enqueue(entry.Id);
                    }
                }

                await allRead.CancelAsync();
            }
            catch (OperationCanceledException) when (!Token.IsCancellationRequested) { }
        }
    }

    [Fact]
    public async Task Should_redeliver_idle_entries_repeatedly()
    {
        await AddAsync("a", "1");
        var entry = (await ReadAsync(1))[0];

        (await Stream.ReadAgainAsync(Minute, Token)).ShouldBeEmpty();
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(Minute * 1.1);
            var again = (await Stream.ReadAgainAsync(Minute, Token)).ShouldHaveSingleItem();
            again.Id.ShouldBe(entry.Id);
            again.Fields.ShouldBe(entry.Fields, ignoreOrder: true);
            (await Stream.ReadAgainAsync(Minute, Token)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Should_not_redeliver_entries_that_were_never_read()
    {
        await AddAsync("a", "1");
        await PassAsync(Minute * 2);
        (await Stream.ReadAgainAsync(Minute, Token)).ShouldBeEmpty();
        (await ReadAsync(1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_never_deliver_removed_entries()
    {
        await AddAsync("a", "1");
        await AddAsync("b", "2");
        var entries = await ReadAsync(2);
        await Stream.RemoveAsync(entries[0].Id, Token);
        await Stream.RemoveAsync(entries[0].Id, Token);
        await Stream.RemoveAsync("1-9999", Token);

        await PassAsync(Minute * 2);

        (await Stream.ReadAgainAsync(Minute, Token)).ShouldHaveSingleItem().Id.ShouldBe(entries[1].Id);
    }

    [Fact]
    public async Task Should_never_deliver_entries_removed_during_redelivery()
    {
        const int Count = 300;
        for (var i = 0; i < Count; i++)
        {
            await AddAsync($"key-{i}", $"{i}");
        }

        var entries = await ReadAsync(Count);

        var removing = Task.Run(
            async () =>
            {
                foreach (var entry in entries)
                {
                    await Stream.RemoveAsync(entry.Id, Token);
                }
            },
            Token
        );
        while (!removing.IsCompleted)
        {
            await Stream.ReadAgainAsync(TimeSpan.Zero, Token);
        }

        await removing;

        (await Stream.ReadAgainAsync(TimeSpan.Zero, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_add_the_same_entry_again_without_a_key()
    {
        for (var i = 0; i < 3; i++)
        {
            await Stream.AddAsync(new Dictionary<string, string> { ["value"] = "same" }, Token);
        }

        (await ReadAsync(3)).Select(entry => entry.Fields["value"]).ShouldBe(["same", "same", "same"]);
    }

    [Fact]
    public async Task Should_list_all_entries_in_order_read_or_not()
    {
        (await Stream.ReadAllAsync(Token)).ShouldBeEmpty();
        foreach (var value in new[] { "1", "2", "3" })
        {
            await AddAsync(value, value);
        }

        (await ShownAsync()).ShouldBe(["1", "2", "3"]);
        var entries = await ReadAsync(3);
        await AddAsync("4", "4");
        (await ShownAsync()).ShouldBe(["1", "2", "3", "4"]);
        (await Stream.ReadAllAsync(Token)).Take(3).Select(entry => entry.Id).ShouldBe(entries.Select(entry => entry.Id));

        await Stream.RemoveAsync(entries[1].Id, Token);
        (await ShownAsync()).ShouldBe(["1", "3", "4"]);
        (await ReadAsync(1))[0].Fields["value"].ShouldBe("4");

        async Task<IEnumerable<string>> ShownAsync() => (await Stream.ReadAllAsync(Token)).Select(entry => entry.Fields["value"]);
    }

    [Fact]
    public async Task Should_order_entries_by_the_time_they_were_added()
    {
        const int Count = 50;
        for (var i = 0; i < Count; i++)
        {
            await AddAsync($"key-{i}", $"{i}");
        }

        var times = (await ReadAsync(Count)).Select(entry => entry.AddedAt.ShouldNotBeNull()).ToList();

        times.ShouldBe(times.Distinct().Order());
        times[0].Year.ShouldBeGreaterThanOrEqualTo(2026);
    }

    [Fact]
    public async Task Should_remove_many_at_once()
    {
        const int Count = 2100;
        await Task.WhenAll(
            Enumerable.Range(0, Count).Select(i => Stream.AddAsync(new Dictionary<string, string> { ["value"] = $"{i}" }, Token))
        );
        var entries = await ReadAsync(Count);

        await Stream.RemoveAsync([.. entries.Skip(1).Select(entry => entry.Id), "7-7"], Token);
        await Stream.RemoveAsync([], Token);

        (await Stream.ReadAllAsync(Token)).ShouldHaveSingleItem().Id.ShouldBe(entries[0].Id);
        await PassAsync(Minute * 2);
        (await Stream.ReadAgainAsync(Minute, Token)).ShouldHaveSingleItem().Id.ShouldBe(entries[0].Id);
    }

    Task<string> AddAsync(string onceKey, string value, Dictionary<string, string>? fields = null) =>
        Stream.AddOnceAsync(fields ?? new() { ["value"] = value }, onceKey, value, Minute, Token);

    async Task<List<IntakeEntry>> ReadAsync(int count)
    {
        var entries = new List<IntakeEntry>();
        while (entries.Count < count)
        {
            entries.AddRange(await Stream.ReadNewAsync(Token));
        }

        return entries;
    }
}
