using System.Reflection;
using System.Xml.Linq;
using Monarch.Contracts;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Contracts;

public sealed class Documenting_messages
{
    [Fact]
    public void Should_describe_every_public_member_in_a_sentence()
    {
        var assembly = typeof(Failure).Assembly;
        var summaries = XDocument
            .Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "");

        var unsaid = assembly
            .GetExportedTypes()
            .SelectMany(Members)
            .Where(member => summaries.GetValueOrDefault(member) is not [(>= 'A' and <= 'Z') or (>= '0' and <= '9'), .., '.']);

        unsaid.ShouldBeEmpty();
    }

    static IEnumerable<string> Members(Type type) =>
        [
            $"T:{type.FullName}",
            .. type.GetProperties()
                .Where(property => property.Name != "EqualityContract")
                .Select(property => $"P:{type.FullName}.{property.Name}"),
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"F:{type.FullName}.{field.Name}"),
        ];
}
