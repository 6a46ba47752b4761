using System.Text.Json;
using Monarch.Redis;

namespace Monarch.Bridge.Credentials;

/// <summary>The hash <c>monarch:credentials</c>, a field per credential.</summary>
sealed class RedisCredentialViews(RedisConnection redis, TimeProvider time) : ICredentialViews
{
    const string Key = "monarch:credentials";

    public async Task SetAsync(CredentialView view, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(view, CredentialViewJson.Default.CredentialView);
        await redis.RunAsync(db => db.HashSetAsync(Key, view.Name, json), cancellationToken);
        await redis.RunAsync(db => db.KeyExpireAsync(Key, ICredentialViews.Kept), cancellationToken);
    }

    public async Task<IReadOnlyList<CredentialView>> ListAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ICredentialViews.Kept;
        var values = await redis.RunAsync(db => db.HashValuesAsync(Key), cancellationToken);
        return
        [
            .. values.Select(json => JsonSerializer.Deserialize((string)json!, CredentialViewJson.Default.CredentialView)!)
                .Where(view => view.HeardAt > oldest).OrderBy(view => view.Name, StringComparer.Ordinal),
        ];
    }
}
