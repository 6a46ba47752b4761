using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Redis;

/// <summary>How a saga's state is written: for people to read with redis-cli.</summary>
static class SagaJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static byte[] Write<TSaga>(TSaga saga) => JsonSerializer.SerializeToUtf8Bytes(saga, Options);

    public static TSaga? Read<TSaga>(byte[] json) => JsonSerializer.Deserialize<TSaga>(json, Options);
}
