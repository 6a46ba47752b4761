using Monarch.Hosting.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Reading_a_dot_env_file
{
    [Theory]
    [InlineData("KEY=value", "value")]
    [InlineData("  KEY = value  ", "value")]
    [InlineData("export KEY=value", "value")]
    [InlineData("\uFEFFKEY=value\r\n", "value")]
    [InlineData("KEY=", "")]
    [InlineData("KEY= # nothing", "")]
    [InlineData("KEY=value # a comment", "value")]
    [InlineData("KEY=a#b", "a#b")]
    [InlineData("KEY=a=b", "a=b")]
    [InlineData("KEY=two words", "two words")]
    [InlineData("KEY='single # $HOME \\n'", "single # $HOME \\n")]
    [InlineData("KEY=\"double # \\\"quoted\\\"\\n\" # a comment", "double # \"quoted\"\n")]
    [InlineData("KEY=$HOME ${HOME}", "$HOME ${HOME}")]
    [InlineData("KEY=first\nKEY=second", "second")]
    [InlineData("# KEY=old\n\nKEY=new", "new")]
    public void Should_read_the_value(string text, string expected)
    {
        var file = DotEnv.Parse(text);

        file.Faults.ShouldBeEmpty();
        file.Values["KEY"].ShouldBe(expected);
    }

    [Theory]
    [InlineData("KEY")]
    [InlineData("=value")]
    [InlineData("KEY=\"open")]
    [InlineData("KEY='closed' and more")]
    [InlineData("TWO WORDS=value")]
    public void Should_report_an_invalid_line_by_number_without_its_content(string line)
    {
        var file = DotEnv.Parse($"GOOD=1\n{line}\nALSO=2\n");

        file.Faults.ShouldHaveSingleItem()
            .ShouldBe(".env, line 2, cannot be read. Write it as KEY=value, with quotes closed on the same line.");
        file.Values.Keys.ShouldBe(["GOOD", "ALSO"]);
    }
}
