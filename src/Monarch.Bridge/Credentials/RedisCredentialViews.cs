using System.Text.Json;
using Monarch.Redis;

namespace Monarch.Bridge.Credentials;

/// <summary>The hash <c>monarch:credentials</c>, a field per credential.</summary>
sealed class RedisCredentialViews(RedisConnection redis, TimeProvider time) : ICredentialViews
{
    const string Key = "monarch:credentials";

    public async Task SetAsync(ToldCredential told, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(told, CredentialViewJson.Default.ToldCredential);
        await redis.RunAsync(db => db.HashSetAsync(Key, told.View.Name, json), cancellationToken);
        await redis.RunAsync(db => db.KeyExpireAsync(Key, ICredentialViews.Kept), cancellationToken);
    }

    public async Task<IReadOnlyList<ToldCredential>> ListAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ICredentialViews.Kept;
        var values = await redis.RunAsync(db => db.HashValuesAsync(Key), cancellationToken);
        return
        [
            .. values.Select(json => JsonSerializer.Deserialize((string)json!, CredentialViewJson.Default.ToldCredential)!)
                .Where(told => told.View.HeardAt > oldest).OrderBy(told => told.View.Name, StringComparer.Ordinal),
        ];
    }
}
