using System.Reflection;
using System.Runtime.CompilerServices;
using Monarch.Contracts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Contracts;

/// <summary>
/// A message's full name is its address on the wire, and its properties are what a queue holds: any change here breaks
/// messages in flight. Add at the end what is optional; think twice about everything else.
/// </summary>
public sealed partial class Naming_messages
{
    [Fact]
    public void Should_keep_every_name_type_and_value_that_is_on_the_wire()
    {
        var (lines, approved) = (Lines().ToList(), Approved.ReplaceLineEndings("\n").Split('\n'));

        approved.Except(lines).ShouldBeEmpty("is gone from the wire");
        lines.Except(approved).ShouldBeEmpty("is new on the wire: approve it in Naming_messages.Approved.cs");
    }

    static IEnumerable<string> Lines() =>
        from type in typeof(Failure).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
        from line in Describe(type)
        select line;

    static IEnumerable<string> Describe(Type type) =>
        type switch
        {
            { IsEnum: true } =>
            [
                $"enum {type.FullName}: {string.Join(", ", Enum.GetValues(type).Cast<object>().Select(value => $"{value} = {Convert.ToInt32(value, null)}"))}",
            ],
            { IsAbstract: true } =>
            [
                $"addresses {type.FullName}",
                .. type.GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Where(field => field.IsLiteral)
                    .Select(field => $"  {type.Name}.{field.Name} = {field.GetRawConstantValue()}"),
            ],
            _ => [$"message {type.FullName}", .. Properties(type).Select(property => $"  {type.Name}.{property.Name}: {Type(property)}")],
        };

    static PropertyInfo[] Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    static string Type(PropertyInfo property)
    {
        var isNullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var name = type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(argument => argument.Name))}>"
            : type.Name;
        return (property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "") + name + (isNullable ? "?" : "");
    }
}
