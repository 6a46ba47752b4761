using System.Text.Json;
using System.Text.Json.Serialization;
using Monarch.Contracts;
using Monarch.Redis.Connection;
using StackExchange.Redis;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>A hash per parked credential, a key while a replica probes it, and a hash with its account.</summary>
sealed class RedisCredentialStore(RedisConnection redis) : ICredentialStore
{
    // A credential in use is parked again every few minutes; a replaced one expires.
    static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    // Longer than the lifetime of a token that is replaced every year.
    static readonly TimeSpan AccountRetention = TimeSpan.FromDays(400);

    const string Park = """
        local isNew = redis.call('HSETNX', KEYS[1], 'since', ARGV[1])
        redis.call('HSET', KEYS[1], 'retry', ARGV[2], 'failure', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        return {isNew, redis.call('HGET', KEYS[1], 'since')}
        """;

    public async Task<ParkedCredential?> FindAsync(string credential, CancellationToken cancellationToken)
    {
        var values = await redis.RunAsync(db => db.HashGetAsync(Key(credential), ["since", "retry", "failure"]), cancellationToken);
        return values is [{ IsNull: false } since, { IsNull: false } retry, { IsNull: false } failure]
            ? new(Time(since), Time(retry), JsonSerializer.Deserialize((string)failure!, CredentialJson.Default.Failure)!)
            : null;
    }

    public async Task<(ParkedCredential Parked, bool IsNew)> ParkAsync(
        string credential,
        ParkedCredential parked,
        CancellationToken cancellationToken
    )
    {
        RedisValue[] values =
        [
            parked.Since.ToUnixTimeMilliseconds(),
            parked.RetryAt.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(parked.Failure, CredentialJson.Default.Failure),
            (long)Retention.TotalMilliseconds,
        ];
        var answer = (RedisValue[])(await redis.EvaluateAsync(Park, [Key(credential)], values, cancellationToken))!;
        return (parked with { Since = Time(answer[1]) }, (long)answer[0] == 1);
    }

    public Task<bool> ReleaseAsync(string credential, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.KeyDeleteAsync(Key(credential)), cancellationToken);

    public Task<bool> TryProbeAsync(string credential, TimeSpan interval, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.StringSetAsync(Key(credential).Append(":probe"), 1, interval, When.NotExists), cancellationToken);

    public async Task<AccountName?> FindAccountAsync(string credential, CancellationToken cancellationToken)
    {
        var values = await redis.RunAsync(db => db.HashGetAsync(AccountKey(credential), ["key", "login"]), cancellationToken);
        return values is [{ IsNull: false } key, var login] ? new((string)key!, login.IsNullOrEmpty ? null : (string)login!) : null;
    }

    public async Task SetAccountAsync(string credential, AccountName account, CancellationToken cancellationToken)
    {
        HashEntry[] values = [new("key", account.Key), new("login", account.Login ?? "")];
        await redis.RunAsync(
            async db =>
            {
                await db.HashSetAsync(AccountKey(credential), values);
                return await db.KeyExpireAsync(AccountKey(credential), AccountRetention);
            },
            cancellationToken
        );
    }

    static DateTimeOffset Time(RedisValue milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);

    static RedisKey Key(string credential) => $"monarch:credential:{credential}";

    static RedisKey AccountKey(string credential) => $"monarch:credential:{credential}:account";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Failure))]
sealed partial class CredentialJson : JsonSerializerContext;
