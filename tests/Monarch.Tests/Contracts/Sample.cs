using System.Collections;
using System.Reflection;

namespace Monarch.Tests.Contracts;

/// <summary>Objects with a value in every property, or in those alone that must have one.</summary>
static class Sample
{
    public static object Of(Type type, bool isFull)
    {
        var message = Create(type, isFull);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(
                message,
                isNullable && !isFull ? null : Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, isFull)
            );
        }

        return message;
    }

    // With values for the parameters of a constructor that is the only one.
    static object Create(Type type, bool isFull) =>
        type.GetConstructors() is [var constructor]
            ? constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, isFull))])
            : Activator.CreateInstance(type)!;

    static object Value(Type type, bool isFull)
    {
        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            return isFull ? new Dictionary<string, string> { ["Größer"] = "größer", ["a"] = "b" } : [];
        }

        if (type.IsGenericType && type.GenericTypeArguments.Length == 1)
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
            _ when type == typeof(bool) => true,
            _ when type == typeof(double) => 0.5,
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(90),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero).AddTicks(1234567),
            { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ => Of(type, isFull),
        };
    }
}
