using System.Globalization;
using Monarch.Bridge.Intake;
using Monarch.Redis.Connection;
using Monarch.Tests.Bridge;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Bridge;

public sealed class Keeping_the_intake_in_Redis(Servers servers) : IntakeStreamTest
{
    const string Key = "monarch:intake";

    RedisConnection _redis = null!;

    public override async ValueTask InitializeAsync()
    {
        _redis = (await servers.RedisAsync()).Connect();
        Stream = new RedisIntakeStream(_redis, Key);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await ((RedisIntakeStream)Stream).DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Should_use_one_consumer_name_for_all_Bridges()
    {
        await Stream.AddAsync(new Dictionary<string, string> { ["message"] = "{}" }, Token);
        await Stream.ReadNewAsync(Token);

        var pending = (RedisResult[])(await ArrayAsync("XPENDING", Key, "bridges", "-", "+", 10)).ShouldHaveSingleItem()!;
        ((string?)pending[1]).ShouldBe("bridge", "the same for every Bridge");
    }

    // The clock of Redis cannot be moved: pending entries are made older, and keys expire sooner.
    protected override async Task PassAsync(TimeSpan time)
    {
        foreach (var key in await ArrayAsync("KEYS", $"{Key}:once:*"))
        {
            var left = (long)await _redis.ExecuteAsync("PTTL", Token, (string)key!) - (long)time.TotalMilliseconds;
            await _redis.ExecuteAsync("PEXPIRE", Token, (string)key!, left);
        }

        foreach (var group in (long)await _redis.ExecuteAsync("EXISTS", Token, Key) == 1 ? await ArrayAsync("XINFO", "GROUPS", Key) : [])
        {
            var name = (string)((RedisResult[])group!)[1]!;
            foreach (var pending in await ArrayAsync("XPENDING", Key, name, "-", "+", 1000))
            {
                var fields = (RedisResult[])pending!;
                var idle = ((long)fields[2] + (long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
                await _redis.ExecuteAsync("XCLAIM", Token, Key, name, (string)fields[1]!, 0, (string)fields[0]!, "IDLE", idle, "JUSTID");
            }
        }
    }

    async Task<RedisResult[]> ArrayAsync(string command, params object[] args)
    {
        var reply = await _redis.ExecuteAsync(command, Token, args);
        return reply.IsNull ? [] : (RedisResult[])reply!;
    }
}
