using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Serialization;
using Monarch.Contracts;
using Monarch.Hosting.Bus;
using Monarch.Tests.Contracts;
using Monarch.Workers;

namespace Monarch.Tests.Upgrades;

/// <summary>What a release writes on the wire and into Redis: every message and every saga's state, with a value in each member.</summary>
static class ReleasedJson
{
    static readonly JsonSerializerOptions Messages = MessageJson.Configure(new(SystemTextJsonMessageSerializer.Options));

    // As sagas are written, but without the members that are kept for later versions: they would hide that a member has got another name.
    static readonly JsonSerializerOptions Sagas = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    static IEnumerable<Type> Types =>
        [
            .. typeof(Failure).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: false, IsEnum: false }),
            .. typeof(WorkersRegistration).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ISaga)) && !type.IsAbstract),
        ];

    /// <summary>What the present version writes, by the full names of the types.</summary>
    public static JsonObject Present() =>
        new(
            Types.Select(type =>
                KeyValuePair.Create(type.FullName!, JsonSerializer.SerializeToNode(Sample.Of(type, isFull: true), type, OptionsOf(type)))
            )
        );

    /// <summary>What the present version does not read as the release wrote it.</summary>
    /// <param name="released">What the release writes.</param>
    /// <param name="given">Names of types and members, such as <c>Monarch.Contracts.Failure.status</c>, that are given up on
    /// purpose.</param>
    public static IReadOnlyList<string> Lost(JsonObject released, IReadOnlyCollection<string> given)
    {
        var types = Types.ToDictionary(type => type.FullName!);
        return
        [
            .. released
                .SelectMany(entry => types.TryGetValue(entry.Key, out var type) ? Lost(type, entry.Value!) : [entry.Key])
                .Where(name => !given.Contains(name)),
        ];
    }

    static IEnumerable<string> Lost(Type type, JsonNode written)
    {
        try
        {
            var read = JsonSerializer.SerializeToNode(written.Deserialize(type, OptionsOf(type)), type, OptionsOf(type));
            return Differences(type.FullName!, written, read);
        }
        catch (JsonException e)
        {
            return [$"{type.FullName}: {e.Message}"];
        }
    }

    // Members that were added since are no difference: the present version gives them a default.
    static IEnumerable<string> Differences(string name, JsonNode? written, JsonNode? read) =>
        (written, read) switch
        {
            (JsonObject one, JsonObject other) => one.SelectMany(member =>
                Differences($"{name}.{member.Key}", member.Value, other[member.Key])
            ),
            (JsonArray one, JsonArray other) when one.Count == other.Count => one.Zip(other)
                .SelectMany(items => Differences(name, items.First, items.Second))
                .Distinct(),
            _ => JsonNode.DeepEquals(written, read) ? [] : [name],
        };

    static JsonSerializerOptions OptionsOf(Type type) => type.IsAssignableTo(typeof(ISaga)) ? Sagas : Messages;
}
