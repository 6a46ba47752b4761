namespace Monarch.Sandbox.GitHub;

/// <summary>Ids in the format of GitHub's <c>X-GitHub-Request-Id</c>.</summary>
static class RequestIds
{
    static int _last;

    public static string Next()
    {
        var number = Interlocked.Increment(ref _last);
        return $"{Environment.ProcessId & 0xFFFF:X4}:{number & 0xFFFFFF:X6}:{(number * 40_503L) & 0xFFFFFF:X6}:{(number * 2_654_435_761L) & 0xFFFFFFFF:X8}";
    }
}
