using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Monarch.Bridge.Intake;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed partial class Documenting_what_is_copied
{
    static readonly RequestTranslator Translator = new(
        Options.Create(new RequestOptions()),
        time: new FakeTimeProvider(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))
    );

    [Fact]
    public void Should_give_valid_examples_of_every_field()
    {
        var rows = Rows().Matches(File.ReadAllText(Repository.PathOf("docs", "requests.md")));

        rows.Select(row => row.Groups["field"].Value)
            .Order()
            .ShouldBe(
                typeof(RequestFields)
                    .GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => (string)field.GetRawConstantValue()!)
                    .Order()
            );
        foreach (var (field, example) in rows.SelectMany(Examples))
        {
            var message = BadMessages.Good.Replace("}", $", \"{field}\": {example}}}", StringComparison.Ordinal);
            var (request, faults) = Translator.Read(Encoding.UTF8.GetBytes(message));
            faults.ShouldBeEmpty(field);
            request!.Copy.ShouldNotBeNull(field);
        }
    }

    static IEnumerable<(string, string)> Examples(Match row) =>
        row.Groups["example"].Captures.Select(example => (row.Groups["field"].Value, example.Value));

    // A row whose second column holds nothing but examples.
    [GeneratedRegex(
        @"^\| `(?<field>\w+)` \| `(?<example>[^`]+)`( or `(?<example>[^`]+)`)* \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Rows();
}
