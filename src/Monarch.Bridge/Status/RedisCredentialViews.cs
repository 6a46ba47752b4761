using System.Text.Json;
using Monarch.Redis.Connection;

namespace Monarch.Bridge.Status;

/// <summary>The hash <c>monarch:credentials</c>, a field per credential.</summary>
sealed class RedisCredentialViews(RedisConnection redis, TimeProvider time) : ICredentialViews
{
    const string Key = "monarch:credentials";

    public async Task SetAsync(ReportedCredential report, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(report, StatusJson.Default.ReportedCredential);
        await redis.RunAsync(db => db.HashSetAsync(Key, report.View.Name, json), cancellationToken);
        await redis.RunAsync(db => db.KeyExpireAsync(Key, ICredentialViews.Retention), cancellationToken);
    }

    public async Task<IReadOnlyList<ReportedCredential>> ListAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - ICredentialViews.Retention;
        var values = await redis.RunAsync(db => db.HashValuesAsync(Key), cancellationToken);
        return
        [
            .. values
                .Select(json => JsonSerializer.Deserialize((string)json!, StatusJson.Default.ReportedCredential)!)
                .Where(report => report.View.ReportedAt > oldest)
                .OrderBy(report => report.View.Name, StringComparer.Ordinal),
        ];
    }
}
