using Microsoft.Extensions.Time.Testing;
using Monarch.Redis.Streams;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Redis;

public sealed class Distributing_work(Servers servers)
{
    static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Should_deliver_each_entry_to_one_consumer_and_keep_it_until_removed()
    {
        await using var redis = (await servers.RedisAsync()).Connect();
        await using var one = new RedisWorkGroup(redis, "work", "group", "one");
        await using var other = new RedisWorkGroup(redis, "work", "group", "other");
        (await one.ReadNewAsync(10, Wait, Token)).ShouldBeEmpty();
        for (var i = 0; i < 10; i++)
        {
            await one.AddAsync(new Dictionary<string, string> { ["n"] = $"{i}" }, Token);
        }

        var first = await one.ReadNewAsync(6, Wait, Token);
        var second = await other.ReadNewAsync(10, Wait, Token);
        first.Concat(second).Select(x => x.Fields["n"]).ShouldBe(Enumerable.Range(0, 10).Select(x => $"{x}"));
        (await one.PendingAsync(100, Token))
            .Select(x => x.Consumer)
            .ShouldBe([.. Enumerable.Repeat("one", 6), .. Enumerable.Repeat("other", 4)]);

        foreach (var item in first.Concat(second).Take(9))
        {
            await one.RemoveAsync(item.Id, Token);
        }

        await one.RemoveAsync(first[0].Id, Token);
        (await one.CountAsync(Token)).ShouldBe(1);
        (await one.PendingAsync(100, Token)).ShouldHaveSingleItem().Deliveries.ShouldBe(1);
    }

    [Fact]
    public async Task Should_claim_the_entries_of_a_dead_consumer()
    {
        await using var redis = (await servers.RedisAsync()).Connect();
        await using var survivor = new RedisWorkGroup(redis, "work", "group", "survivor");
        await using (var dead = new RedisWorkGroup(redis, "work", "group", "dead"))
        {
            for (var i = 0; i < 25; i++)
            {
                await dead.AddAsync(new Dictionary<string, string> { ["n"] = $"{i}" }, Token);
            }

            (await dead.ReadNewAsync(100, Wait, Token)).Count.ShouldBe(25);
        }
        (await survivor.ClaimIdleAsync(TimeSpan.FromMinutes(1), 100, Token)).ShouldBeEmpty();

        var taken = new List<WorkItem>();
        await Until.TrueAsync(
            async () =>
            {
                taken.AddRange(await survivor.ClaimIdleAsync(TimeSpan.FromSeconds(1), 10, Token));
                // On a busy machine some entries are idle long enough to be claimed twice.
                return taken.DistinctBy(x => x.Id).Count() == 25;
            },
            "all is taken over"
        );
    }

    [Fact]
    public async Task Should_receive_new_work_immediately()
    {
        // The clock does not advance, so that no poll is due.
        await using var redis = (await servers.RedisAsync()).Connect(new FakeTimeProvider());
        await using var group = new RedisWorkGroup(redis, "work", "group", "one");
        var reading = group.ReadNewAsync(1, TimeSpan.FromSeconds(30), Token);
        await Until.TrueAsync(async () => (long)await redis.ExecuteAsync("EXISTS", Token, "work") == 1, "the group is made");
        await group.AddAsync(new Dictionary<string, string> { ["a"] = "b" }, Token);
        (await reading.WaitAsync(Until.Generous, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_add_once_within_the_window_and_return_the_first_value()
    {
        await using var redis = (await servers.RedisAsync()).Connect();
        await using var group = new RedisWorkGroup(redis, "work", "group", "one");
        Task<AddedOnce> Add(string value, int milliseconds) =>
            group.AddOnceAsync(
                new Dictionary<string, string> { ["id"] = value },
                "once:x",
                value,
                TimeSpan.FromMilliseconds(milliseconds),
                Token
            );

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Add($"v{i}", 60_000)));
        var winner = answers.Single(x => x.Added).Value;
        answers.ShouldAllBe(x => x.Value == winner);
        (await group.ReadNewAsync(100, Wait, Token)).ShouldHaveSingleItem().Fields["id"].ShouldBe(winner);

        await redis.ExecuteAsync("PEXPIRE", Token, "once:x", "1");
        await Until.TrueAsync(async () => (await Add("later", 1)).Added, "the window is over");
    }

    [Fact]
    public async Task Should_read_entries_of_other_programs()
    {
        await using var redis = (await servers.RedisAsync()).Connect();
        await using var group = new RedisWorkGroup(redis, "work", "group", "one");
        await redis.ExecuteAsync("XADD", Token, "work", "5-1", "Grüße", "{\"ü\": \"😀\"}", "empty", "", "twice", "1", "twice", "2");
        var item = (await group.ReadNewAsync(10, Wait, Token)).ShouldHaveSingleItem();
        item.Id.ShouldBe("5-1");
        item.Fields.ShouldBe(
            new Dictionary<string, string>
            {
                ["Grüße"] = "{\"ü\": \"😀\"}",
                ["empty"] = "",
                ["twice"] = "2",
            },
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Should_find_entries_that_were_not_announced()
    {
        await using var redis = (await servers.RedisAsync()).Connect();
        await using var group = new RedisWorkGroup(redis, "work", "group", "one");
        var reading = group.ReadNewAsync(1, TimeSpan.FromHours(1), Token);
        await Until.TrueAsync(async () => (long)await redis.ExecuteAsync("EXISTS", Token, "work") == 1, "the group is made");
        await redis.ExecuteAsync("XADD", Token, "work", "*", "a", "b");
        (await reading.WaitAsync(Until.Generous, Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_create_its_group_again_after_data_loss()
    {
        await using var server = await RedisServer.StartAsync();
        await using var redis = RedisDatabase.Of(server).Connect();
        await using var group = new RedisWorkGroup(redis, "work", "group", "one");
        await group.ReadNewAsync(1, Wait, Token);
        await redis.ExecuteAsync("FLUSHALL", Token);
        await redis.ExecuteAsync("XADD", Token, "work", "*", "n", "1");
        (await group.ReadNewAsync(1, Wait, Token)).ShouldHaveSingleItem();
        await redis.ExecuteAsync("FLUSHALL", Token);
        (await group.ClaimIdleAsync(TimeSpan.Zero, 1, Token)).ShouldBeEmpty();
        await redis.ExecuteAsync("FLUSHALL", Token);
        (await group.PendingAsync(1, Token)).ShouldBeEmpty();

        // And while a consumer waits for work.
        var reading = group.ReadNewAsync(1, TimeSpan.FromSeconds(20), Token);
        await redis.ExecuteAsync("FLUSHALL", Token);
        await group.AddAsync(new Dictionary<string, string> { ["n"] = "2" }, Token);
        (await reading).ShouldHaveSingleItem().Fields["n"].ShouldBe("2");
    }

    [Fact]
    public async Task Should_remove_the_oldest_records()
    {
        await using var redis = (await servers.RedisAsync()).Connect();
        var records = new RedisRecords(redis, "rejected", 100);
        for (var i = 0; i < 400; i++)
        {
            await records.AppendAsync(new Dictionary<string, string> { ["n"] = $"{i}" }, Token);
        }

        var newest = await records.ReadNewestAsync(1000, Token);
        newest.Count.ShouldBeInRange(100, 250);
        newest[0].Fields["n"].ShouldBe("399");
    }
}
