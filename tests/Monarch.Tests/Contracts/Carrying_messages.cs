using System.Text.Json;
using MassTransit.Serialization;
using Monarch.Contracts;
using Monarch.Hosting.Bus;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Contracts;

public sealed class Carrying_messages
{
    static readonly JsonSerializerOptions Json = MessageJson.Configure(new(SystemTextJsonMessageSerializer.Options));

    public static TheoryData<Type> Messages =>
        [.. typeof(Failure).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: false, IsEnum: false })];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Should_preserve_every_value(Type type)
    {
        foreach (var isFull in new[] { true, false })
        {
            var message = Sample.Of(type, isFull);

            var json = JsonSerializer.Serialize(message, type, Json);

            Show(JsonSerializer.Deserialize(json, type, Json)!).ShouldBe(Show(message));
            json.ShouldNotContain("null");
            json.ShouldNotContain('\n');
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Should_ignore_members_of_a_later_version(Type type)
    {
        var message = Sample.Of(type, isFull: true);
        var json = JsonSerializer.Serialize(message, type, Json).Insert(1, "\"addedLater\":{\"x\":[1]},");

        Show(JsonSerializer.Deserialize(json, type, Json)!).ShouldBe(Show(message));
    }

    // Lists of records have no equality of their own.
    static string Show(object message) => JsonSerializer.Serialize(message, message.GetType(), JsonSerializerOptions.Web);
}
