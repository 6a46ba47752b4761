using System.Text;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Refusing_a_message
{
    readonly RequestTranslator _translator = new(Options.Create(new RequestOptions { AllowedOwners = BadMessages.AllowedOwners }));

    [Theory]
    [MemberData(nameof(BadMessages.Table), MemberType = typeof(BadMessages))]
    public void Should_name_all_faults(string name)
    {
        var message = BadMessages.All.Single(bad => bad.Name == name);

        var (request, faults) = _translator.Read(message.Payload);

        request.ShouldBeNull();
        var actual = faults.Select(fault => fault.ToString()).ToList();
        actual.Count.ShouldBe(message.Faults.Length, string.Join('\n', actual));
        foreach (var (fault, expected) in actual.Zip(message.Faults))
        {
            fault.ShouldContain(expected, Case.Sensitive);
            fault.ShouldEndWith(".");
            fault.ShouldNotContain('\n');
            fault.Length.ShouldBeLessThan(800);
        }
    }

    [Fact]
    public void Should_cover_many_faults() => BadMessages.All.Count.ShouldBeGreaterThan(40);

    [Fact]
    public void Should_accept_the_valid_message_that_the_bad_ones_derive_from() =>
        _translator.Read(Encoding.UTF8.GetBytes(BadMessages.Good)).Faults.ShouldBeEmpty();

    [Fact]
    public void Should_accept_a_field_whose_name_is_an_unpaired_surrogate()
    {
        var message = BadMessages.Good.Replace("{", "{\"\\ud800\": 1, \"source\\ud800repo\": 2, ", StringComparison.Ordinal);

        var (request, faults) = _translator.Read(Encoding.UTF8.GetBytes(message));

        faults.ShouldBeEmpty();
        request!.Source.ShouldBe("school/template");
    }

    // As long as a known field, and equal up to the escape: then the name is unescaped for the comparison.
    [Theory]
    [InlineData("""\ud800 and something that is longer""")]
    [InlineData("""source\ud800 and something that is longer""")]
    [InlineData("""all_target_repo\ud800 and something that is longer""")]
    [InlineData("""notification\udc00 and something that is longer""")]
    [InlineData("""re\ud800 and something that is longer""")]
    [InlineData("""trace\ud800 and something that is longer""")]
    public void Should_accept_a_long_name_that_holds_an_unpaired_surrogate(string name)
    {
        var message = BadMessages.Good.Replace("}", $", \"{name}\": 1}}", StringComparison.Ordinal);

        var (request, faults) = _translator.Read(Encoding.UTF8.GetBytes(message));

        faults.ShouldBeEmpty();
        (request!.Source, request.NotificationChannel).ShouldBe(("school/template", "C06GHMZB3M3"));
    }
}
