console.log("byot: building");
