using Xunit;

// What hosts under test log is shown with a test that fails, and not otherwise.
[assembly: CaptureConsole]
