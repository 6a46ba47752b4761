using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Bridge;

public sealed class Configuring_the_Bridge
{
    [Theory]
    [InlineData(
        "INTAKE_RESEND_AFTER",
        "0",
        "INTAKE_RESEND_AFTER is '0', which is out of range. Set it to a number from 0.1 to 3600, or leave it out for the default, 15."
    )]
    [InlineData("INTAKE_RESEND_AFTER", "NaN", "INTAKE_RESEND_AFTER is 'NaN', which is out of range.")]
    [InlineData("INTAKE_RESEND_AFTER", "soon", "INTAKE_RESEND_AFTER is 'soon', which is not a number.")]
    [InlineData(
        "MIGRATION_RETENTION",
        "4000",
        "MIGRATION_RETENTION is '4000', which is out of range. Set it to a number from 1 to 3650, or leave it out for the default, 30."
    )]
    public async Task Should_name_the_key_the_value_and_the_remedy_of_a_bad_number(string key, string value, string fault)
    {
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => BridgeHost.AloneAsync((key, value)));
        refusal.Failures.ShouldHaveSingleItem().ShouldStartWith(fault);
    }
}
