using System.Collections;
using System.Reflection;
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

    public static TheoryData<Type> Messages => [.. typeof(Failure).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: false, IsEnum: false })];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Should_lose_nothing_on_the_way(Type type)
    {
        foreach (var isFull in new[] { true, false })
        {
            var message = Make(type, isFull);

            var json = JsonSerializer.Serialize(message, type, Json);

            Show(JsonSerializer.Deserialize(json, type, Json)!).ShouldBe(Show(message));
            json.ShouldNotContain("null");
            json.ShouldNotContain('\n');
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Should_ignore_what_a_later_version_adds(Type type)
    {
        var message = Make(type, isFull: true);
        var json = JsonSerializer.Serialize(message, type, Json).Insert(1, "\"addedLater\":{\"x\":[1]},");

        Show(JsonSerializer.Deserialize(json, type, Json)!).ShouldBe(Show(message));
    }

    static object Make(Type type, bool isFull)
    {
        var message = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(message, isNullable && !isFull ? null : Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, isFull));
        }

        return message;
    }

    static object Value(Type type, bool isFull)
    {
        if (type.IsGenericType)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
            for (var i = 0; isFull && i < 2; i++)
            {
                list.Add(Value(type.GenericTypeArguments[0], isFull));
            }

            return list;
        }

        return type switch
        {
            _ when type == typeof(string) => "größer \"🚀\"\n\u0000</script>",
            _ when type == typeof(Guid) => Guid.CreateVersion7(),
            _ when type == typeof(int) => int.MaxValue,
            _ when type == typeof(long) => long.MaxValue,
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero).AddTicks(1234567),
            { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ => Make(type, isFull),
        };
    }

    // Lists of records have no equality of their own.
    static string Show(object message) => JsonSerializer.Serialize(message, message.GetType(), JsonSerializerOptions.Web);
}
