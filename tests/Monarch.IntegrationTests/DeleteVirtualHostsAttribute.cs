using System.Reflection;
using Xunit;
using Xunit.v3;

namespace Monarch.IntegrationTests;

/// <summary>Deletes the virtual hosts that a test was given from <see cref="Servers"/> when it has ended.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
sealed class DeleteVirtualHostsAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // What a test class starts itself ends only when the class is disposed of.
        if (TestContext.Current.TestClassInstance is not (IDisposable or IAsyncDisposable))
        {
            Servers.DeleteVirtualHosts(test.UniqueID);
        }
    }
}
