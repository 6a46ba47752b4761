using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Monarch.Redis.Sagas;

/// <summary>Serializes the state of sagas, readable in redis-cli.</summary>
static class SagaJson
{
    const string Unknown = "members of a later version";

    static readonly ConditionalWeakTable<object, Dictionary<string, JsonElement>> UnknownMembers = [];

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepUnknownMembers } },
    };

    public static byte[] Write<TSaga>(TSaga saga) => JsonSerializer.SerializeToUtf8Bytes(saga, Options);

    public static TSaga? Read<TSaga>(byte[] json) => JsonSerializer.Deserialize<TSaga>(json, Options);

    // During a rolling upgrade an older process saves state of a newer one: it preserves unknown members.
    static void KeepUnknownMembers(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.IsValueType)
        {
            return;
        }

        var members = type.CreateJsonPropertyInfo(typeof(Dictionary<string, JsonElement>), Unknown);
        members.IsExtensionData = true;
        members.Get = state => UnknownMembers.TryGetValue(state, out var unknown) ? unknown : null;
        members.Set = (state, unknown) => UnknownMembers.AddOrUpdate(state, (Dictionary<string, JsonElement>)unknown!);
        type.Properties.Add(members);
    }
}
