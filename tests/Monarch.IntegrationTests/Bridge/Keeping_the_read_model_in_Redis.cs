using Microsoft.Extensions.Options;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Redis.Connection;
using Monarch.Tests.Bridge;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bridge;

public sealed class Keeping_the_read_model_in_Redis(Servers servers) : StatusStoreTest
{
    RedisConnection _redis = null!;

    public override async ValueTask InitializeAsync()
    {
        _redis = (await servers.RedisAsync()).Connect();
        Store = new RedisStatusStore(_redis, Options.Create(new StatusOptions { RetentionDays = 2 }));
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _redis.DisposeAsync();
    }

    [Fact]
    public async Task Should_expire_a_migration_and_its_list_entry()
    {
        var (old, young) = (Guid.CreateVersion7(BatchStory.Start), Guid.CreateVersion7(BatchStory.Start.AddSeconds(1)));
        await Store.ApplyAsync(BatchStory.Batch(old, 1, BatchStatus.Completed), Token);
        await Store.ApplyAsync(BatchStory.Batch(young, 1, BatchStatus.Completed), Token);
        var left = (long)await _redis.ExecuteAsync("PTTL", Token, $"monarch:view:{old:N}");
        TimeSpan.FromMilliseconds(left).TotalDays.ShouldBeInRange(1.99, 2);

        await _redis.ExecuteAsync("DEL", Token, $"monarch:view:{old:N}");

        (await Store.FindAsync(old, Token)).ShouldBeNull();
        (await Store.ListAsync(0, 10, Token)).ShouldHaveSingleItem().Id.ShouldBe(young);
        ((long)await _redis.ExecuteAsync("ZCARD", Token, "monarch:views")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_remove_expired_migrations_without_a_listing()
    {
        for (var number = 0; number < 40; number++)
        {
            var id = Guid.NewGuid();
            await Store.ApplyAsync(BatchStory.Batch(id, 1, BatchStatus.Completed), Token);
            await _redis.ExecuteAsync("DEL", Token, $"monarch:view:{id:N}");
        }

        ((long)await _redis.ExecuteAsync("ZCARD", Token, "monarch:views")).ShouldBeLessThanOrEqualTo(10);
    }
}
